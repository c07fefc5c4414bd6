import { QueuePage } from '../queue/queue-page.tsx';

/** The charts of this stage. */
export function Page() {
  return <QueuePage stage="adjudication" />;
}
