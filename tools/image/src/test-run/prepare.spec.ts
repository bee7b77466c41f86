import { join } from 'node:path';
import { baseImages, withStandIns } from './foreign-images.js';
import { prepare } from './prepare.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');

describe('what the tests of images need', () => {
  it('is said where no engine answers', async () => {
    const missing = expect.stringContaining('a Docker engine that answers') as unknown;
    expect(await prepare(workspaceRoot, { DOCKER: join(__dirname, 'no-such-client') }, { pull: true })).toEqual({ missing });
  });

  it('are the images that the environment names, else those of the Dockerfile', async () => {
    const { buildImage, baseImage } = await baseImages(workspaceRoot, { BASE_IMAGE: 'mine:1', BUILD_IMAGE: '' });
    expect(baseImage).toBe('mine:1');
    expect(buildImage).toMatch(/^node:24/);
  });

  it('may be stand-ins, but not in place of what the environment names', async () => {
    const env = await withStandIns(workspaceRoot, { DAPR_IMAGE: 'mine:1', POSTGRES_IMAGE: '' });
    expect(env).toMatchObject({ DAPR_IMAGE: 'mine:1', POSTGRES_IMAGE: 'tributary.local/postgres', OBJECT_STORE_IMAGE: 'tributary.local/versitygw' });
  });
});
