export { type Result, usageError } from '../core/usage.ts';
