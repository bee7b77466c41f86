import { resourceLink } from './resource-link.js';
import { serviceRootUrl, webRootUrl } from './service-root.js';

describe('a service root', () => {
  it.each([
    ['production', 'https://api.launchpad.net/', 'https://launchpad.net/'],
    ['edge', 'https://api.launchpad.net/', 'https://launchpad.net/'],
    ['qastaging', 'https://api.qastaging.launchpad.net/', 'https://qastaging.launchpad.net/'],
    ['staging', 'https://api.staging.launchpad.net/', 'https://staging.launchpad.net/'],
    ['dogfood', 'https://api.dogfood.paddev.net/', 'https://dogfood.paddev.net/'],
    ['dev', 'https://api.launchpad.test/', 'https://launchpad.test/'],
    ['test_dev', 'http://api.launchpad.test:8085/', 'http://launchpad.test:8085/'],
    ['https://api.launchpad.net', 'https://api.launchpad.net/', 'https://launchpad.net/'],
    ['http://127.0.0.1:18085/', 'http://127.0.0.1:18085/', 'http://127.0.0.1:18085/'],
    ['https://launchpad.net/api', 'https://launchpad.net/api/', 'https://launchpad.net/'],
  ])('%s is %s with the web site %s', (name, service, web) => {
    expect(serviceRootUrl(name)).toBe(service);
    expect(webRootUrl(name)).toBe(web);
  });

  it.each([
    ['https://api.launchpad.net/devel', /version "devel"/],
    ['https://api.launchpad.net/1.0/', /version "1.0"/],
    ['prodution', /neither a known name/],
    ['api.launchpad.net', /neither/],
    ['ftp://api.launchpad.net/', /neither/],
    ['https://alice:canary@api.launchpad.net/', /user name or password/],
    ['https://api.launchpad.net/?x=1', /query/],
    ['toString', /neither/],
  ])('%s is none', (root, message) => {
    expect(() => serviceRootUrl(root)).toThrow(message);
    expect(() => serviceRootUrl(root)).not.toThrow('canary');
  });
});

describe('the link of a path', () => {
  const root = 'https://api.launchpad.net/devel/';

  it.each([
    ['~alice', '~alice'],
    ['bugs/1', 'bugs/1'],
    ['~o/+archive/ubuntu/ppa', '~o/+archive/ubuntu/ppa'],
    ['people/+me', 'people/+me'],
    ['~a?ws.op=searchTasks', '~a%3Fws.op=searchTasks'.replace('=', '%3D')],
    ['~a#b', '~a%23b'],
    ['~zoë', '~zo%C3%AB'],
    ['a@b:c', 'a@b:c'],
  ])('%s stays below the root', (path, expected) => {
    expect(resourceLink(root, path)).toBe(root + expected);
  });

  it.each(['../1.0/~alice', '~a/../../x', '//evil.example', '/x', './x'])('%s is refused', (path) => {
    expect(() => resourceLink(root, path)).toThrow(expect.objectContaining({ code: 'LAUNCHPAD_FOREIGN_LINK' }) as Error);
  });
});
