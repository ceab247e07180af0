import { toast } from '@/ui/toast-store';
import { problemMessage } from './problem';

/** For what somebody asked for with a press: if it fails, he is told, and the page stays as it is. */
export function orTell(task: Promise<unknown>): void {
  task.catch((error: unknown) => toast({ text: problemMessage(error), tone: 'alert' }));
}
