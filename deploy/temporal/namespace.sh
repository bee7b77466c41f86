#!/bin/sh
# Waits for the frontend, and makes the namespace and its search attributes. Can be run again.
set -eu
namespace=${TEMPORAL_NAMESPACE:-default}
tries=0
until temporal operator cluster health >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo "Temporal at $TEMPORAL_ADDRESS does not answer" >&2; exit 1; }
  sleep 1
done
temporal operator namespace describe --namespace "$namespace" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$namespace" --retention "${TEMPORAL_RETENTION:-72h}"
# A new namespace is known to all parts of the server after some seconds.
until temporal operator search-attribute list --namespace "$namespace" >/tmp/attributes 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 120 ] || { echo "Namespace $namespace does not appear" >&2; exit 1; }
  sleep 1
done
for pair in EntityType=Keyword EntityId=Keyword EntityOwner=Keyword EntityStatus=Keyword EntityVersion=Int \
  TributaryConnection=Keyword TributarySubject=Keyword; do
  grep -q "${pair%=*}" /tmp/attributes ||
    temporal operator search-attribute create --namespace "$namespace" --name "${pair%=*}" --type "${pair#*=}"
done
