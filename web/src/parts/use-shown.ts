import { useSearchParams } from 'react-router';

/** A part of the address after `?`, so that a page can be linked to as it is: ids of the protocol, never of a chart. */
export function useShown(name: string): readonly [string | undefined, (value: string | undefined) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = (value: string | undefined): void =>
    setParameters((now) => {
      const next = new URLSearchParams(now);
      if (value === undefined) next.delete(name);
      else next.set(name, value);
      return next;
    });
  return [parameters.get(name) ?? undefined, set];
}
