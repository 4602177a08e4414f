/** Where in the window a person is. Kept in memory only: an address would end up in a history or a title. */
export type Route =
  | { readonly screen: 'overview' }
  | { readonly screen: 'incidents' }
  | { readonly screen: 'new-incident' }
  /** `draft`: the subject of what was being written, to go on with at once. */
  | { readonly screen: 'incident'; readonly incident: string; readonly draft?: string }
  | { readonly screen: 'call'; readonly incident: string }
  | {
      readonly screen: 'report';
      readonly incident: string;
      readonly form: string | null;
      /** A field to be written at once. */
      readonly field?: string;
      /** True for a report that tells what has changed since the last one. */
      readonly supplement?: boolean | string;
      /** Personal data is masked, as it was where she comes from. */
      readonly isMasked?: boolean;
      readonly version?: 'full' | 'open' | 'limited';
    }
  | {
      readonly screen: 'portal';
      readonly incident: string;
      readonly form: string;
      readonly supplement: boolean | string;
      readonly isMasked: boolean;
    }
  | {
      readonly screen: 'dispatch';
      readonly incident: string;
      readonly form: string;
      readonly version: 'full' | 'open' | 'limited';
      readonly supplement?: boolean | string;
      readonly isMasked?: boolean;
      /** The subject of what was being made ready, to go on with. */
      readonly draft?: string;
    }
  | { readonly screen: 'register'; readonly tab?: 'outstanding' | 'inventory' }
  | { readonly screen: 'keys' }
  | { readonly screen: 'rules' }
  | { readonly screen: 'users' }
  | { readonly screen: 'audit' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'help'; readonly page: string | null };

export type Screen = Route['screen'];

/** The entry of the navigation that a screen belongs to. */
export function sectionOf({ screen }: Route): Screen {
  return ['new-incident', 'incident', 'call', 'report', 'dispatch', 'portal'].includes(screen)
    ? 'incidents'
    : screen;
}
