import { useQuery } from '../../app/use-core.ts';

/** The names of the recipients in the rules, by id: what an expedition stores is the id. */
export function useRecipientNames(): ReadonlyMap<string, string> {
  const { data } = useQuery('keys.recipients', null);
  return new Map((data ?? []).map(({ id, name }) => [id, name]));
}
