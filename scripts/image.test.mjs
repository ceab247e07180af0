import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const where = (program) => spawnSync('which', [program], { encoding: 'utf8' }).stdout.trim();

/** A machine that has a shell and nothing else. */
const folder = mkdtempSync(join(tmpdir(), 'syncwatch-image-'));
after(() => rmSync(folder, { recursive: true }));
symlinkSync(where('bash'), join(folder, 'bash'));
const look = () => {
  const env = { PATH: folder, HOME: folder };
  return spawnSync(where('make'), ['container-tool'], { encoding: 'utf8', env });
};

// OPS-4
test('without a tool that makes images it says which ones do and how to install one', () => {
  const { status, stderr } = look();
  assert.notEqual(status, 0);
  assert.match(stderr, /needs one of docker, podman and buildah/);
  assert.match(stderr, /apt install buildah/);
});

// OPS-4
test('any one of the tools will do', () => {
  writeFileSync(join(folder, 'buildah'), '', { mode: 0o755 });
  const { status, stdout, stderr } = look();
  assert.equal(status, 0, stderr);
  assert.equal(stdout, '');
});
