import type { AreaHandlers } from './state.ts';

export const rulesHandlers: AreaHandlers<'rules'> = {
  codeLists: (_request, { core }) => [...core.rules.codeLists.values()],
  regimes: (_request, { core }) => [...core.rules.regimes.values()],
};
