import type { Plugin } from 'vite';

const TRANSLATION = /[\\/](?:intl|dist)[\\/].*[\\/]?([a-z]{2}-[A-Z]{2})\.m?js(?:\?|$)/;
const KEPT = new Set(['sv-SE', 'en-US']);

/** React Aria carries its words in some thirty languages. The window speaks Swedish; English is its own fallback. */
export function onlySwedish(): Plugin {
  return {
    name: 'sigill-only-swedish',
    enforce: 'pre',
    load(id) {
      if (!/node_modules[\\/](?:@react-aria|@react-stately|react-aria|react-stately)/.test(id)) return null;
      const language = TRANSLATION.exec(id)?.[1];
      return language && !KEPT.has(language) ? 'export default {};' : null;
    },
  };
}
