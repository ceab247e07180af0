/** The keeper of the room's socket, on a thread of its own. */

import { LineKeeper } from './line-keeper';
import type { LineOrder } from './line-messages';

const keeper = new LineKeeper((news) => self.postMessage(news));
self.addEventListener('message', (event: MessageEvent<LineOrder>) => keeper.handle(event.data));
