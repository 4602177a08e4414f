/** What has been selected: in a field that is written in, or on the page. */
function selectedText(): string {
  const field = document.activeElement;
  if (
    field instanceof HTMLTextAreaElement ||
    (field instanceof HTMLInputElement && field.type !== 'password')
  )
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  return document.getSelection()?.toString() ?? '';
}

/**
 * Whatever a person copies or cuts in the window goes to the clipboard by way of the shell, which takes it away again
 * after a while and when a room is locked.
 * @param longest in characters; more than the shell takes is not copied at all
 * @returns what stops it
 */
export function watchClipboard(copy: (text: string) => void, longest: number): () => void {
  const onCopy = (event: ClipboardEvent): void => {
    const text = selectedText();
    if (text === '') return;
    if (text.length > longest) {
      event.preventDefault();
      return;
    }
    copy(text);
  };
  document.addEventListener('copy', onCopy, { capture: true });
  document.addEventListener('cut', onCopy, { capture: true });
  return () => {
    document.removeEventListener('copy', onCopy, { capture: true });
    document.removeEventListener('cut', onCopy, { capture: true });
  };
}
