import classes from './protocol.module.css';

/** A protocol with its lines numbered. */
export function YamlLines({ label, yaml }: { readonly label: string; readonly yaml: string }) {
  const lines = yaml.replace(/\n$/, '').split('\n');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.lines} aria-label={label} tabIndex={0}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <code key={at} className={classes.line} data-number={at + 1}>
          {line}
          {'\n'}
        </code>
      ))}
    </section>
  );
}
