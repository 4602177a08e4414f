/**
 * React writes the text of a controlled textarea to its `defaultValue` after each letter, which replaces the child of the
 * element. Chromium takes that for the end of what is being typed, and Ctrl+Z then takes back one letter at a time. Nobody
 * resets a form here, so the default is left alone while somebody writes, as React itself does in a field of numbers.
 */
export function keepUndoOfTextareas(): void {
  const plain = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'defaultValue');
  if (!plain?.set) return;
  const { set } = plain;
  Object.defineProperty(HTMLTextAreaElement.prototype, 'defaultValue', {
    ...plain,
    set(this: HTMLTextAreaElement, text: string) {
      if (document.activeElement !== this) set.call(this, text);
    },
  });
}
