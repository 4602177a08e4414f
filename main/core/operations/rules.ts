import { rulesInForce } from '../../packs/for-incident.ts';
import type { AreaHandlers } from './state.ts';

export const rulesHandlers: AreaHandlers<'rules'> = {
  codeLists: (_request, { core }) => [...rulesInForce(core.vault, core.rules).codeLists.values()],
  regimes: (_request, { core }) => [...rulesInForce(core.vault, core.rules).regimes.values()],
};
