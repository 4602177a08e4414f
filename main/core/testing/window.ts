import { fromCore, type FromCore } from '../../../shared/contract/messages.ts';
import { loadRulePack } from '../../rules/load.ts';
import { CoreHost } from '../host.ts';

/** A host and a window's view of it: each call gives the one message that ends it. */
export class Window {
  readonly messages: FromCore[] = [];
  readonly host: CoreHost;
  #next = 1;

  constructor() {
    this.host = new CoreHost({
      rules: loadRulePack(),
      send: (message) => this.messages.push(fromCore.parse(message)),
    });
  }

  async call(operation: string, request: unknown): Promise<FromCore> {
    const id = this.#next++;
    await this.host.receive({ kind: 'call', id, operation, request });
    const end = this.messages.find(
      (message) => 'id' in message && message.id === id && message.kind !== 'progress',
    );
    if (!end) throw new Error(`No answer to ${operation}.`);
    return end;
  }

  async answer(operation: string, request: unknown): Promise<unknown> {
    const end = await this.call(operation, request);
    if (end.kind !== 'answer') throw new Error(`${operation}: ${JSON.stringify(end)}`);
    return end.answer;
  }
}
