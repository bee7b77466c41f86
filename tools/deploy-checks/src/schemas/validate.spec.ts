import { validatorOf } from './validate.js';
import { KUBERNETES_VERSIONS } from './versions.js';

const minors = KUBERNETES_VERSIONS.map((version) => version.split('.').slice(0, 2).join('.'));
const pod = { containers: [{ name: 'a', image: 'a', resources: { limits: { memory: '512Mi' } }, livenessProbe: { httpGet: { port: 'health', path: '/' } } }] };
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { selector: {}, template: { metadata: {}, spec: pod } } };

describe.each(minors)('the schemas of Kubernetes %s', (minor) => {
  const validate = validatorOf(minor);
  const withPod = (spec: object) => validate({ ...deployment, spec: { ...deployment.spec, template: { spec } } } as never);

  it('accept what the server accepts', () => {
    expect(validate(deployment)).toEqual([]);
  });

  it.each([
    ['a field that there is not', { containers: [{ name: 'a', envv: [] }] }, 'envv'],
    ['a quantity that is none', { containers: [{ name: 'a', resources: { limits: { memory: '12Q' } } }] }, 'memory'],
    ['a number in place of a text', { containers: [{ name: 'a', env: [{ name: 'PORT', value: 8081 }] }] }, 'value'],
    ['a list that is missing', { serviceAccountName: 'a' }, 'containers'],
  ])('refuse %s', (_case, spec, field) => {
    expect(withPod(spec).join('\n')).toContain(field);
  });

  it('refuse a kind that there is not', () => {
    expect(validate({ apiVersion: 'apps/v1beta9', kind: 'Deployment' })).toEqual([`apps/v1beta9/Deployment is not known to Kubernetes ${minor}`]);
  });

  it('refuse fields of custom resources that there are not', () => {
    const component = { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name: 'state' }, spec: { typ: 'state.redis', version: 'v1', metadata: [] } };
    expect(validate(component).join('\n')).toContain('typ');
  });
});
