import type { Locator } from 'playwright-core';

/** Selects words of an element by dragging the mouse from their first letter to their last; its section is scrolled to them. */
export async function selectWithMouse(element: Locator, words: string): Promise<void> {
  const ends = await element.evaluate((text, wanted) => {
    const start = (text.textContent ?? '').indexOf(wanted);
    if (start < 0) throw new Error(`There is no “${wanted}”.`);
    const letterAt = (offset: number): Range => {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      let before = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const length = node.nodeValue?.length ?? 0;
        if (offset < before + length) {
          const range = document.createRange();
          range.setStart(node, offset - before);
          range.setEnd(node, offset - before + 1);
          return range;
        }
        before += length;
      }
      throw new Error('The text ends before.');
    };
    const first = letterAt(start);
    const scroller = text.closest('section');
    if (scroller) scroller.scrollTop += first.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 60;
    const from = first.getBoundingClientRect();
    const to = letterAt(start + wanted.length - 1).getBoundingClientRect();
    const middle = ({ top, height }: DOMRect) => top + height / 2;
    return { from: { x: from.left + 1, y: middle(from) }, to: { x: to.right - 1, y: middle(to) } };
  }, words);
  const { mouse } = element.page();
  await mouse.move(ends.from.x, ends.from.y);
  await mouse.down();
  await mouse.move(ends.to.x, ends.to.y, { steps: 5 });
  await mouse.up();
}
