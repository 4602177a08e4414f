const LONGEST_LINE = 500;

/**
 * Characters without a look of their own, which mail programs put in where a word may be broken, and pictures are put together
 * with. A joiner between two pictographs, and the choice of how one looks, are kept; all others are left out.
 */
const WITHOUT_LOOK =
  /\u00ad|\u034f|\u200b|\u200c|\u2060|\ufeff|[\ufe00-\ufe0d]|(?<!\p{Emoji})(?:\ufe0e|\ufe0f)|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** What turns a line around, hides what comes after it or is no character of a text; lines and tabs are. */
const NOT_TEXT = /(?!\n|\t|\u200d|\ufe0e|\ufe0f)[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

/** Text that a stranger has written: nothing in it is hidden, and nothing turns a line around. */
export function visible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(WITHOUT_LOOK, '').replace(NOT_TEXT, '\uFFFD');
}

/** What stands in a line of ours may not begin a line of its own: it would read as if we had written it. */
export function oneLine(text: string): string {
  return visible(text)
    .replace(/[\n\t]+/g, ' ')
    .trim()
    .slice(0, LONGEST_LINE);
}
