/** Reads from the output of a test runner how many tests passed and failed. */

// Runners colour their output even when told not to.
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Each runner's closing words; a run may hold several, as cargo has one for each test program. */
const readers = {
  cargo: (text) => sum(text, /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm),
  vitest: (text) => ({
    passed: inLine(text, /^ *Tests .*?(\d+) passed/m),
    // A file that does not even load has no tests that could fail.
    failed: inLine(text, /^ *Tests .*?(\d+) failed/m) || inLine(text, /^ *Test Files .*?(\d+) failed/m),
    skipped: inLine(text, /^ *Tests .*?(\d+) skipped/m),
  }),
  node: (text) => ({
    passed: inLine(text, /^(?:#|ℹ) pass (\d+)/m),
    failed: inLine(text, /^(?:#|ℹ) fail (\d+)/m),
    skipped: inLine(text, /^(?:#|ℹ) skipped (\d+)/m),
  }),
};

/**
 * What a step adds to the sum. A step without a runner counts only when it fails. A runner that ends badly without a failed
 * test, or well without a single one, is a failure: something did not run that should have.
 */
export function countsOf({ runner, output, exitCode }) {
  const text = output.replace(COLOURS, '');
  const counts = readers[runner]?.(text) ?? { passed: 0, failed: 0, skipped: 0 };
  const silent = runner !== undefined && counts.passed + counts.failed === 0;
  if (counts.failed === 0 && (exitCode !== 0 || silent)) counts.failed = 1;
  return counts;
}

/** The line that everything ends with. */
export function closingLine(all) {
  const total = (field) => all.reduce((sum, counts) => sum + counts[field], 0);
  return `${total('passed')} passed, ${total('failed')} failed`;
}

function sum(text, pattern) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, skipped] of text.matchAll(pattern)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(skipped);
  }
  return counts;
}

function inLine(text, pattern) {
  return Number(pattern.exec(text)?.[1] ?? 0);
}
