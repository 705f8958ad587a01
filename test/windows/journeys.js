/* The journeys with the Node.js that runs this: `node test/windows/journeys.js`, after the build, on Windows or wherever else. */
import { goAll } from '../journeys/journeys.js';

console.log(`Node.js ${process.version} on ${process.platform}:`);
const failures = await goAll([process.execPath]);
process.exitCode = failures === 0 ? 0 : 1;
