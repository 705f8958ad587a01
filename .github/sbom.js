// The bill of materials of a release, from what npm tells of all that is installed here: only the packages of which there is code
// in the program, as THIRD_PARTY_NOTICES lists them. To npm they are for development, since whoever installs ours needs none.
//   npm sbom --sbom-format cyclonedx --sbom-type application | node .github/sbom.js > sbom.cdx.json
import { readFileSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const bom = JSON.parse(readFileSync(0, 'utf8'));
const bundled = [...read('THIRD_PARTY_NOTICES').matchAll(/^-{80}\n\n(\S+) (\S+) \(/gm)].map(
  ([, name, version]) => `${name}@${version}`,
);

const components = bundled.map((ref) => {
  const component = bom.components.find((candidate) => candidate['bom-ref'] === ref);
  if (!component)
    throw new Error(`${ref} is in THIRD_PARTY_NOTICES, and npm does not know it: run npm ci, which installs and builds`);
  return { ...component, properties: component.properties.filter(({ name }) => !/:(?:path|development)$/.test(name)) };
});

// npm calls the whole by its folder.
const { name } = JSON.parse(read('package.json'));
const whole = { ...bom.metadata.component, name };
const known = new Set([whole['bom-ref'], ...bundled]);
const dependencies = bom.dependencies
  .filter(({ ref }) => known.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => known.has(other)) }));

process.stdout.write(
  `${JSON.stringify({ ...bom, metadata: { ...bom.metadata, component: whole }, components, dependencies }, null, 2)}\n`,
);
