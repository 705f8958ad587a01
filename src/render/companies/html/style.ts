/** How the page looks: light, dark, printed, and on a phone, where each company is a card. */
export const STYLE = `:root{color-scheme:light dark;--ink:#1b2129;--soft:#5b6673;--line:#d9dfe6;--ground:#fff;--band:#f4f6f9;--accent:#1f6feb;
--s0:#c3cfdd;--s1:#9db4d0;--s2:#6b93c7;--s3:#1f6feb;--link:#e6ebf2;
--g1:#f2b8b0;--g2:#f7d3b5;--g3:#f7e8a8;--g4:#cde8c4;--g5:#9fd6a4;--g0:#e9edf2;--on:#1b2129}
@media(prefers-color-scheme:dark){:root{--ink:#e3e8ee;--soft:#99a5b3;--line:#323a45;--ground:#12161c;--band:#1a2028;--accent:#6ea8ff;
--s0:#39465a;--s1:#45608a;--s2:#4d7cc0;--s3:#6ea8ff;--link:#1f2732;
--g1:#7a322b;--g2:#7b4a22;--g3:#6d5f1c;--g4:#2f6135;--g5:#23803a;--g0:#2a313b;--on:#f2f5f8}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem;max-width:90rem;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
h1,h2{margin:0 0 .2rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
h2{font-size:1.15rem}
.task{margin:0 0 1.5rem}
.outcome{margin:0 0 1rem;color:var(--soft)}
.funnel{display:flex;max-width:40rem}.funnel svg{flex:none}.funnel .bars{flex:1;width:0}
.funnel text{fill:var(--ink);font-size:14px}
.funnel .count{text-anchor:end;font-weight:600;font-variant-numeric:tabular-nums}
.funnel .share{text-anchor:end;fill:var(--soft)}
.funnel .link{fill:var(--link)}
.funnel .s0{fill:var(--s0)}.funnel .s1{fill:var(--s1)}.funnel .s2{fill:var(--s2)}.funnel .s3{fill:var(--s3)}
dl{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:1rem 0 .6rem}
dl div{display:flex;gap:.4rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
summary{cursor:pointer;color:var(--soft)}
details ul{margin:.4rem 0 0;padding-left:1.2rem}
form{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;margin:0 0 .8rem}
form[hidden],[hidden]{display:none}
input[type=search],select{font:inherit;padding:.35rem .5rem;border:1px solid var(--line);border-radius:6px;background:var(--ground);color:inherit;max-width:14rem}
output{color:var(--soft)}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
table{border-collapse:collapse;width:100%}
th,td{padding:.45rem .6rem;text-align:left;vertical-align:top;font-weight:400}
thead th{position:sticky;top:0;z-index:1;background:var(--band);vertical-align:bottom}
thead button{all:unset;cursor:pointer;font-weight:600;font-size:.87rem;line-height:1.2;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:4;overflow:hidden;overflow-wrap:break-word}
thead button:focus-visible{outline:2px solid var(--accent)}
[aria-sort=ascending] button::after{content:" \\2191"}[aria-sort=descending] button::after{content:" \\2193"}
tbody th{min-width:15rem}tbody td{max-width:14rem;overflow-wrap:break-word}tbody .why td{max-width:none}td[data-label=Size]{white-space:nowrap}
tbody{border-top:1px solid var(--line)}
tbody th a,tbody th span{font-weight:600;overflow-wrap:anywhere}
tbody th p{margin:.1rem 0 0;color:var(--soft);font-size:.9rem;max-width:46rem;overflow-wrap:anywhere}
.n{text-align:right;font-variant-numeric:tabular-nums}
.c{text-align:center;min-width:5rem;max-width:8rem}
tbody .c button,.reasons>li>b{font:inherit;font-weight:600;border:0;border-radius:6px;width:2.2rem;height:1.8rem;line-height:1.8rem;padding:0;text-align:center;color:var(--on)}
tbody .c button{cursor:pointer}
.g0{background:var(--g0)}.g1{background:var(--g1)}.g2{background:var(--g2)}.g3{background:var(--g3)}.g4{background:var(--g4)}.g5{background:var(--g5)}
.why td{background:var(--band)}
.why p{margin:0 0 .6rem;max-width:60rem;white-space:pre-line;overflow-wrap:anywhere}
.reasons{list-style:none;margin:0;padding:0;display:grid;gap:.5rem}
.reasons>li{display:flex;gap:.7rem;padding:.3rem;border-radius:6px;max-width:64rem}
.reasons>li>b{flex:none}
.reasons>li>div{min-width:0;overflow-wrap:anywhere}
.reasons ul{margin:.2rem 0 0;padding-left:1.1rem;font-size:.9rem}
.at{outline:2px solid var(--accent)}
@media(max-width:44rem){body{padding:1rem}table,tbody,tbody tr,tbody td,tbody th{display:block;width:auto;min-width:0;max-width:none}thead{display:none}
tbody{padding:.6rem 0}tbody[hidden],tbody tr[hidden]{display:none}
tbody tr:not(.why){display:flex;flex-wrap:wrap;gap:.1rem .9rem}tbody tr th{width:100%}tbody th,tbody td{padding:.15rem 0}
td[data-label]::before{content:attr(data-label) " ";color:var(--soft);font-size:.85rem}
tbody .n,tbody .c{text-align:left;width:auto}tbody .why td{padding:.6rem}}
@media print{body{padding:0;font-size:11px;max-width:none;-webkit-print-color-adjust:exact;print-color-adjust:exact}form{display:none}
thead th{position:static}tbody{break-inside:avoid}a{color:inherit}.funnel{max-width:26rem}.funnel text{font-size:11px}}`;
