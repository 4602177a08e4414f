import { signFolder } from './sign-pack.ts';
import { HERE } from './words.ts';

process.exitCode = signFolder(process.argv.slice(2), HERE);
