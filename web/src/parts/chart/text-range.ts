/** Between offsets of a text and what the browser shows of it. An element here holds a text and nothing else. */

/** The range of the document that shows a stretch of the text; undefined where the element does not hold so much. */
export function domRange(element: Element, start: number, end: number): Range | undefined {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let before = 0;
  let isBegun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!isBegun && start < before + length) {
      range.setStart(node, start - before);
      isBegun = true;
    }
    if (isBegun && end <= before + length) {
      range.setEnd(node, end - before);
      return range;
    }
    before += length;
  }
  return undefined;
}

/** Scrolls a stretch of the text into the middle of the element that scrolls, if it is not in sight. */
export function scrollToText(scroller: Element, element: Element, start: number, end: number): void {
  const place = domRange(element, start, end)?.getBoundingClientRect();
  if (!place) return;
  const view = scroller.getBoundingClientRect();
  if (place.top >= view.top + 8 && place.bottom <= view.bottom - 8) return;
  scroller.scrollTop += place.top - view.top - view.height / 3;
}

/** Selects a stretch of the text, as the mouse would. */
export function selectText(element: Element, start: number, end: number): void {
  const range = domRange(element, start, end);
  const selection = getSelection();
  if (!range || !selection) return;
  selection.removeAllRanges();
  selection.addRange(range);
}

const CHOSEN = 'chart-chosen';

/**
 * Shows what is chosen while the focus is elsewhere, where a browser shows no selection. It changes nothing of the document,
 * in which a selection may be under way; browsers without custom highlights show nothing more.
 */
export function showChosen(
  element: Element | null,
  chosen: { readonly start: number; readonly end: number } | undefined,
): void {
  if (!('highlights' in CSS)) return;
  const range = element && chosen && domRange(element, chosen.start, chosen.end);
  if (range) CSS.highlights.set(CHOSEN, new Highlight(range));
  else CSS.highlights.delete(CHOSEN);
}
