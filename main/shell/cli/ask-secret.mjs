import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers';

const INTERRUPTED = 130;

/** Lines that were pasted together with the first one. */
const waiting = [];

/**
 * Asks for one line at the keyboard without showing what is typed. The prompt goes to standard error, so that the answer
 * of the command can be sent to a file all the same.
 * @param {string} prompt
 * @returns {Promise<string>} what was typed; empty where the person ended the input instead
 */
export function askSecret(prompt) {
  if (waiting.length > 0) {
    process.stderr.write(`${prompt}\n`);
    return Promise.resolve(waiting.shift());
  }
  return new Promise((resolve) => {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
    lines.on('line', (line) => {
      waiting.push(line);
      // All lines of one paste come in the same turn.
      setImmediate(() => lines.close());
    });
    lines.on('SIGINT', () => {
      lines.close();
      process.exit(INTERRUPTED);
    });
    lines.on('close', () => {
      process.stderr.write('\n');
      resolve(waiting.shift() ?? '');
    });
    // Last, when the terminal has stopped showing what is typed: some type, or paste, as soon as they see it.
    process.stderr.write(prompt);
  });
}
