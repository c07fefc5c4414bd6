/** What is chosen in the text of a note: by mouse, by the browser's own keys, or sentence by sentence. */
import { type RefObject, useCallback, useEffect, useState } from 'react';
import { type SelectedRange, selectedRange } from '../selected-range.ts';
import { selectText, showChosen } from './text-range.ts';

/** A selection that still grows is not told yet. */
const SETTLED_MS = 120;

/** The chosen stretch, which stays while the focus goes elsewhere, such as to a form; and a way to choose another. */
export function useChosen(
  text: RefObject<HTMLElement | null>,
): readonly [SelectedRange | undefined, (range: SelectedRange | undefined) => void] {
  const [chosen, setChosen] = useState<SelectedRange>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settled = () => {
      const element = text.current;
      const selection = getSelection();
      if (!element || !selection?.anchorNode || !element.contains(selection.anchorNode)) return;
      const next = selectedRange(element);
      setChosen((before) => (before?.start === next?.start && before?.end === next?.end ? before : next));
    };
    const listen = () => {
      clearTimeout(timer);
      timer = setTimeout(settled, SETTLED_MS);
    };
    document.addEventListener('selectionchange', listen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', listen);
    };
  }, [text]);
  useEffect(() => {
    showChosen(text.current, chosen);
    return () => showChosen(null, undefined);
  }, [text, chosen]);
  const choose = useCallback(
    (range: SelectedRange | undefined) => {
      if (range && text.current) selectText(text.current, range.start, range.end);
      else getSelection()?.removeAllRanges();
      setChosen(range);
    },
    [text],
  );
  return [chosen, choose];
}
