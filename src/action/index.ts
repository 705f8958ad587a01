import { endProcess, onCrash, processHost, tellBug } from '../main.ts';
import { runAction } from './run.ts';

/* What action.yml names as `main`: the runner starts this file with a Node.js of its own. */

onCrash(tellBug);
void runAction(processHost()).then(endProcess);
