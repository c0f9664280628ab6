//go:build tools

// Package actionlint pins the linter of the workflows, so that scripts/check runs it from its Go module.
package actionlint

import _ "github.com/rhysd/actionlint/cmd/actionlint"
