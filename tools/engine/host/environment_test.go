package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestOnlyTheProjectsOwnEnvironmentIsInstalledInto(t *testing.T) {
	info := project(t, "exit 0")
	outside := t.TempDir()
	link := filepath.Join(info.RootDirectory, "linked")
	if err := os.Symlink(outside, link); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(info.RootDirectory, "venv")
	if mayInstall(info, own) {
		t.Error("a folder that declares no dependencies was accepted")
	}
	write(t, filepath.Join(info.RootDirectory, "pyproject.toml"), "")
	for environment, want := range map[string]bool{own: true, outside: false, link: false, "": false} {
		if got := mayInstall(info, environment); got != want {
			t.Errorf("%q: got %v, want %v", environment, got, want)
		}
	}
}

func TestFailsWhenARuntimeOptionIsUnknown(t *testing.T) {
	for _, test := range []struct {
		options map[string]any
		allowed bool
	}{
		{map[string]any{}, true},
		{map[string]any{"toolchain": "pip", "virtualenv": "venv"}, true},
		{map[string]any{"toolchain": "pipenv"}, false},
		{map[string]any{"virtualenv": 3}, false},
		{map[string]any{"typechecker": "mypy"}, false},
	} {
		_, err := interpreterOf(&pulumirpc.ProgramInfo{Options: options(t, test.options), ProgramDirectory: t.TempDir()})
		if (err == nil) != test.allowed {
			t.Errorf("%v: got error %v, allowed %v", test.options, err, test.allowed)
		}
	}
}

func TestNoPackagesAreReportedWhenAskedForNone(t *testing.T) {
	info := project(t, `echo '[{"name": "aws", "version": "7.51.1", "resource": true}, {"name": "std", "resource": false}]'`)
	for _, test := range []struct {
		variable string
		want     int
	}{{"", 1}, {"1", 0}} {
		t.Setenv(noPackages, test.variable)
		got, err := newHost("", "").GetRequiredPackages(
			context.Background(), &pulumirpc.GetRequiredPackagesRequest{Info: info})
		if err != nil || len(got.Packages) != test.want {
			t.Errorf("%s=%q: got %v (%v), want %d", noPackages, test.variable, got, err, test.want)
		}
	}
}
