/** The register's lists, which are read on the screen and printed. */
export const LIST_KINDS = [
  'register',
  'extract',
  'outstanding',
  'destructions',
  'inventory',
  'media',
] as const;
export type ListKind = (typeof LIST_KINDS)[number];

export const LIST_TITLE: Readonly<Record<ListKind, string>> = {
  register: 'Register över handlingar',
  extract: 'Utdrag ur register',
  outstanding: 'Utestående kvittenser',
  destructions: 'Destruktionsliggare',
  inventory: 'Inventering',
  media: 'Lagringsmedier',
};
