import { tellNumber } from '../../dispatches/service.ts';
import { changePrinters, listPrinters, printTestSheet } from '../printers.ts';
import { transferProfiles } from '../ways-out.ts';
import { shown } from './dispatches.ts';
import type { AreaHandlers } from './state.ts';

export const paperHandlers: AreaHandlers<'paper'> = {
  printers: (_request, { core }) => listPrinters(core.requireVault()),
  changePrinters: ({ printers }, { core }) => changePrinters(core.requireVault(), printers),
  async printerTest({ printer, format }, { core, progress, signal }) {
    progress('Provbladet görs');
    const pdf = await printTestSheet(core.requireVault(), printer, format, core.workers.bound(signal));
    return { pdf: Buffer.from(pdf).toString('base64') };
  },
  profiles: (_request, { core }) => [...transferProfiles(core.vault, core.rules).values()],
  tellNumber: ({ dispatch, ...told }, { core }) => shown(tellNumber(core.requireVault(), dispatch, told)),
};
