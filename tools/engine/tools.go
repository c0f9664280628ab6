//go:build tools

// Package engine pins the Pulumi engine's command, so that it can be built from Go modules alone.
//
// The command's own module has local replacements, for which `go install package@version` refuses it; as a dependency of
// this module it builds like any other package.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
