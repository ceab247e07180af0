import { expect, test } from 'vitest';
import { ExchangeTally } from './exchange-tally';

// WEB-6
test('a question that is not answered in time is lost, and one that is still on its way is not', () => {
  const tally = new ExchangeTally();
  for (const sentAt of [0, 100, 200]) tally.asked(sentAt);
  tally.answered(0, 40);
  expect(tally.loss(300)).toEqual({ asked: 1, lost: 0 });
  expect(tally.loss(5_000)).toEqual({ asked: 3, lost: 2 });
  tally.answered(100, 2_000);
  expect(tally.loss(5_000)).toEqual({ asked: 3, lost: 1 });
  // An answer that comes so late is of no more use than none.
  tally.answered(200, 5_000);
  expect(tally.loss(5_000)).toEqual({ asked: 3, lost: 1 });
});

// WEB-6
test('an answer whose moment lost its last digit on the way is that question’s all the same', () => {
  const tally = new ExchangeTally();
  tally.asked(1_234.6000000000004);
  tally.answered(1_234.6000000000006, 1_250);
  expect(tally.loss(9_000)).toEqual({ asked: 1, lost: 0 });
});

// WEB-6
test('what was lost long ago is forgotten', () => {
  const tally = new ExchangeTally();
  for (let sentAt = 0; sentAt < 150; sentAt += 1) {
    tally.asked(sentAt);
    if (sentAt >= 100) tally.answered(sentAt, sentAt + 1);
  }
  expect(tally.loss(10_000)).toEqual({ asked: 100, lost: 50 });
});
