/** What the page does by itself: filters, sorts, opens the reasons. No text of strangers is made into HTML by it. */
export const SCRIPT = `(() => {
  const form = document.querySelector('form');
  const table = document.querySelector('table');
  if (!form || !table) return;
  const bodies = [...table.tBodies];
  const texts = new Map(bodies.map((body) => [body, body.textContent.toLowerCase()]));
  const { text, country, fit } = form.elements;
  const output = form.querySelector('output');

  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const body of bodies) {
      const { dataset } = body;
      const isShown =
        (!fit.checked || dataset.fit === '1') &&
        (!country.value || dataset.country === country.value) &&
        texts.get(body).includes(wanted);
      body.hidden = !isShown;
      if (isShown) shown += 1;
    }
    output.textContent = (shown < bodies.length ? shown + ' of ' : '') + bodies.length + ' companies';
  };

  const open = (body, isOpen) => {
    body.rows[1].hidden = !isOpen;
    for (const button of body.rows[0].querySelectorAll('button')) button.setAttribute('aria-expanded', isOpen);
  };

  const valueOf = (body, column) => body.rows[0].cells[column].dataset.v;
  const sort = (head) => {
    const column = head.cellIndex;
    const isNumeric = bodies.every((body) => !Number.isNaN(Number(valueOf(body, column))));
    const before = head.getAttribute('aria-sort');
    const isUp = isNumeric ? before === 'descending' : before !== 'ascending';
    for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
    const compare = (one, other) => (isNumeric ? one - other : one.localeCompare(other));
    const sorted = [...bodies].sort((one, other) => {
      const [a, b] = [valueOf(one, column), valueOf(other, column)];
      // What is not known comes last, either way.
      if (a === '' || b === '') return (a === '') - (b === '');
      return isUp ? compare(a, b) : compare(b, a);
    });
    table.append(...sorted);
  };

  for (const body of bodies) open(body, false);
  table.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (!button) return;
    if (button.closest('thead')) return sort(button.closest('th'));
    const body = button.closest('tbody');
    const reason = body.querySelector('.why [data-at="' + button.dataset.at + '"]');
    const wasAt = reason?.classList.contains('at') && !body.rows[1].hidden;
    for (const other of body.querySelectorAll('.at')) other.classList.remove('at');
    reason?.classList.add('at');
    open(body, !wasAt);
  });
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();`;
