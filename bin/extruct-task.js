#!/usr/bin/env node
import { endProcess, onCrash, processHost } from '../dist/host.js';
import { main, tellBug } from '../dist/main.js';

const host = processHost();
onCrash((error) => tellBug(error, host));
endProcess(await main(host));
