/**
 * Go source that registers the components a local sidecar is built with: those that development, tests and the
 * deployment examples use. The official program holds them all, and takes longer and more memory to build.
 */
export const DAPRD_COMPONENTS = `package components

import (
	contribs3 "github.com/dapr/components-contrib/bindings/aws/s3"
	contribhttp "github.com/dapr/components-contrib/bindings/http"
	contriblocalstorage "github.com/dapr/components-contrib/bindings/localstorage"
	kubernetesnames "github.com/dapr/components-contrib/nameresolution/kubernetes"
	mdnsnames "github.com/dapr/components-contrib/nameresolution/mdns"
	memorypubsub "github.com/dapr/components-contrib/pubsub/in-memory"
	redispubsub "github.com/dapr/components-contrib/pubsub/redis"
	kubernetessecrets "github.com/dapr/components-contrib/secretstores/kubernetes"
	envsecrets "github.com/dapr/components-contrib/secretstores/local/env"
	filesecrets "github.com/dapr/components-contrib/secretstores/local/file"
	memorystate "github.com/dapr/components-contrib/state/in-memory"
	postgresv1 "github.com/dapr/components-contrib/state/postgresql/v1"
	postgresv2 "github.com/dapr/components-contrib/state/postgresql/v2"
	redisstate "github.com/dapr/components-contrib/state/redis"

	"github.com/dapr/dapr/pkg/components"
	"github.com/dapr/dapr/pkg/components/bindings"
	"github.com/dapr/dapr/pkg/components/nameresolution"
	"github.com/dapr/dapr/pkg/components/pubsub"
	"github.com/dapr/dapr/pkg/components/secretstores"
	"github.com/dapr/dapr/pkg/components/state"
)

func init() {
	secrets := secretstores.DefaultRegistry
	secrets.RegisterComponent(filesecrets.NewLocalSecretStore, "local.file")
	secrets.RegisterComponent(envsecrets.NewEnvSecretStore, "local.env")
	secrets.RegisterComponent(kubernetessecrets.NewKubernetesSecretStore, "kubernetes")

	states := state.DefaultRegistry
	states.RegisterComponent(memorystate.NewInMemoryStateStore, "in-memory")
	states.RegisterComponent(redisstate.NewRedisStateStore, "redis")
	postgres := components.Versioning{
		Preferred: components.VersionConstructor{Version: "v2", Constructor: postgresv2.NewPostgreSQLStateStore},
		Others:    []components.VersionConstructor{{Version: "v1", Constructor: postgresv1.NewPostgreSQLStateStore}},
		Default:   "v1",
	}
	states.RegisterComponentWithVersions("postgresql", postgres)
	states.RegisterComponentWithVersions("postgres", postgres)

	events := pubsub.DefaultRegistry
	events.RegisterComponent(memorypubsub.New, "in-memory")
	events.RegisterComponent(redispubsub.NewRedisStreams, "redis")

	outputs := bindings.DefaultRegistry
	outputs.RegisterOutputBinding(contriblocalstorage.NewLocalStorage, "localstorage")
	outputs.RegisterOutputBinding(contribs3.NewAWSS3, "aws.s3")
	outputs.RegisterOutputBinding(contribhttp.NewHTTP, "http")

	names := nameresolution.DefaultRegistry
	names.RegisterComponent(mdnsnames.NewResolver, "mdns")
	names.RegisterComponent(kubernetesnames.NewResolver, "kubernetes")
}
`;
