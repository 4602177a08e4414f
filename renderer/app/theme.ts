import type { ShellSettings } from '../../shared/contract/shell.ts';

/** Light, dark, or as the computer has it. Midas reads the attribute. High contrast is the computer's own setting. */
export function applyTheme(theme: ShellSettings['theme']): void {
  const root = document.documentElement;
  if (theme === 'system') root.removeAttribute('data-color-scheme');
  else root.setAttribute('data-color-scheme', theme);
}
