/** A surface with a heading. @param {{title?: any, level?: 2 | 3, action?: any, id?: string, flush?: boolean, children: any, [rest: string]: any}} props */
export function Card({ title, level = 2, action, id, flush, children, ...rest }) {
  const Heading = /** @type {'h2'} */ (`h${level}`);
  return (
    <section class="card" id={id} data-flush={flush || undefined} {...rest}>
      {title && (
        <div class="card-head">
          <Heading>{title}</Heading>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}
