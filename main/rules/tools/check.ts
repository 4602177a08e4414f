import { checkPack } from './check-pack.ts';
import { HERE } from './words.ts';

process.exitCode = checkPack(process.argv.slice(2), HERE);
