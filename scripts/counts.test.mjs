import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingLine, countsOf } from './counts.mjs';

const cargo = 'test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n';

// QA-1
test('the test programs of a cargo run are summed', () => {
  const output = `${cargo}\nrunning 3 tests\n${cargo.replace('ok. 12 passed; 0', 'FAILED. 2 passed; 1')}`;
  assert.deepEqual(countsOf({ runner: 'cargo', output, exitCode: 101 }), { passed: 14, failed: 1, skipped: 2 });
});

// QA-1
test('the closing lines of vitest are read through their colours', () => {
  const output = '\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[31m1 failed\u001b[39m | \u001b[32m6 passed\u001b[39m (7)\n';
  assert.deepEqual(countsOf({ runner: 'vitest', output, exitCode: 1 }), { passed: 6, failed: 1, skipped: 0 });
});

// QA-1
test('a file of vitest that does not load is a failure beside the tests that pass', () => {
  const output = ' Test Files  1 failed | 2 passed (3)\n      Tests  6 passed (6)\n';
  assert.deepEqual(countsOf({ runner: 'vitest', output, exitCode: 1 }), { passed: 6, failed: 1, skipped: 0 });
});

// QA-1
test('the summary of node is read in both of its forms', () => {
  for (const sign of ['#', 'ℹ']) {
    const output = `${sign} pass 4\n${sign} fail 0\n${sign} skipped 0\n`;
    assert.deepEqual(countsOf({ runner: 'node', output, exitCode: 0 }), { passed: 4, failed: 0, skipped: 0 });
  }
});

// QA-1
test('a runner that says nothing, or ends badly without a failed test, is a failure', () => {
  assert.equal(countsOf({ runner: 'cargo', output: '', exitCode: 0 }).failed, 1);
  assert.equal(countsOf({ runner: 'cargo', output: cargo, exitCode: 101 }).failed, 1);
});

// QA-1
test('a step that runs no tests counts only when it fails', () => {
  assert.deepEqual(countsOf({ output: 'test result: ok. 9 passed', exitCode: 0 }), { passed: 0, failed: 0, skipped: 0 });
  assert.equal(countsOf({ output: '', exitCode: 1 }).failed, 1);
});

// QA-1
test('the closing line is the sum of all steps', () => {
  const all = [
    { passed: 3, failed: 0, skipped: 0 },
    { passed: 4, failed: 1, skipped: 2 },
  ];
  assert.equal(closingLine(all), '7 passed, 1 failed');
});
