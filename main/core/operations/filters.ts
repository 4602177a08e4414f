import { dropFilter, keepFilter, savedFilters } from '../../filters/filters.ts';
import type { AreaHandlers } from './state.ts';

export const filtersHandlers: AreaHandlers<'filters'> = {
  list: (_request, { core }) => savedFilters(core.requireVault()),
  save: ({ name, filter }, { core }) => ({ room: keepFilter(core.requireVault(), name, filter) }),
  remove({ room, name }, { core }) {
    dropFilter(core.requireVault(), room, name);
    return null;
  },
};
