import type { ShellSettings } from '../../shared/contract/shell.ts';

/** Light, dark, or as the computer has it, which Midas reads; and high contrast, which styles/tokens.css reads. */
export function applyTheme({ theme, contrast }: Pick<ShellSettings, 'theme' | 'contrast'>): void {
  const root = document.documentElement;
  if (theme === 'system') root.removeAttribute('data-color-scheme');
  else root.setAttribute('data-color-scheme', theme);
  if (contrast === 'system') root.removeAttribute('data-contrast');
  else root.setAttribute('data-contrast', contrast);
}
