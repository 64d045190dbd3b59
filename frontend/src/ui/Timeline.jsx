/** What happened, newest first. @param {{items: {key: string, title: string, detail?: string, who: string, when: string, instant: string, refused?: boolean}[]}} props */
export const Timeline = ({ items }) => (
  <ol class="timeline">
    {items.map(item => (
      <li key={item.key} class="timeline-item" data-refused={item.refused || undefined}>
        <p class="timeline-title">{item.title}</p>
        {item.detail && <p class="timeline-detail">{item.detail}</p>}
        <p class="timeline-meta">
          {item.who}
          <time dateTime={item.instant}>{item.when}</time>
        </p>
      </li>
    ))}
  </ol>
);
