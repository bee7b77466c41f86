/** The oldest and the newest minor of Kubernetes that the manifests are for, each at the version whose schemas are read. */
export const KUBERNETES_VERSIONS = ['1.35.2', '1.37.1'] as const;

/** Modules with definitions of the custom resources that the manifests use. */
export const CUSTOM_RESOURCES = [
  { module: 'github.com/dapr/dapr', version: '1.18.2', files: ['charts/dapr/crds/components.yaml', 'charts/dapr/crds/configuration.yaml', 'charts/dapr/crds/resiliency.yaml'] },
  { module: 'github.com/kedacore/keda/v2', version: '2.18.0', files: ['config/crd/bases/keda.sh_scaledobjects.yaml'] },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: '0.88.0',
    files: [
      'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
    ],
  },
] as const;

/** Kinds of Kubernetes' own that the manifests may use. */
export const KINDS: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Job',
  'Namespace',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
]);
