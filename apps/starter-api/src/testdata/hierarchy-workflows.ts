export {
  DatasetWorkflow,
  LaunchpadSourceWorkflow,
  OrganizationWorkflow,
  RepositoryWorkflow,
  SourceWorkflow,
} from '@tributary/stateful-hierarchy/workflows';
