import fc, { type StringConstraints } from 'fast-check';

const [LAST, FIRST_SURROGATE, LAST_SURROGATE] = [0x10ffff, 0xd800, 0xdfff];

/** Any character: one in two of the first 256, where those are that act on a terminal, a shell or a page. */
const anyCharacter = fc
  .oneof(fc.nat({ max: 255 }), fc.nat({ max: FIRST_SURROGATE - 1 }), fc.integer({ min: LAST_SURROGATE + 1, max: LAST }))
  .map((code) => String.fromCodePoint(code));

/** Text of any characters. fast-check's own unit `binary` takes a second of each process to be made. */
export function anyText(constraints: Omit<StringConstraints, 'unit'> = {}) {
  return fc.string({ ...constraints, unit: anyCharacter });
}
