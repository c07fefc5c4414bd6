/** What of a text somebody has selected, in offsets of the text. */
export interface SelectedRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What is selected within an element that holds a text and nothing else (such as one around `Highlighted`), in UTF-16 units of
 * the text and without the spaces at its ends; undefined where nothing is, or where the selection reaches beyond the element.
 */
export function selectedRange(element: Element): SelectedRange | undefined {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return undefined;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  return withoutSpaces(range.toString(), before.toString().length);
}

/** The range of a selected text that begins at `at`, without the spaces at its ends. */
export function withoutSpaces(selected: string, at: number): SelectedRange | undefined {
  const start = at + (selected.length - selected.trimStart().length);
  const end = start + selected.trim().length;
  return start < end ? { start, end } : undefined;
}
