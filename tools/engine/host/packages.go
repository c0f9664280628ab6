package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// noPackages names the variable that, set to anything, makes a program report no packages. The engine then looks for
// no plugin before it runs the program, which it would otherwise try to download.
const noPackages = "PULUMI_PYTHON_NO_REQUIRED_PACKAGES"

//go:embed packages.py
var listPackages string

// GetRequiredPackages lists the plugins behind the Pulumi SDKs in the program's environment.
func (h *host) GetRequiredPackages(
	ctx context.Context, request *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	if os.Getenv(noPackages) != "" {
		return &pulumirpc.GetRequiredPackagesResponse{}, nil
	}
	python, err := interpreterOf(request.Info)
	if err != nil {
		return nil, err
	}
	command, err := python.command(ctx, request.Info.ProgramDirectory, nil, []string{"-c", listPackages})
	if err != nil {
		return nil, err
	}
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("listing the Pulumi packages in the program's environment: %w", err)
	}
	packages, err := dependencies(output)
	return &pulumirpc.GetRequiredPackagesResponse{Packages: packages}, err
}

// dependencies reads what packages.py printed. A package without a plugin (resource: false) needs none.
func dependencies(output []byte) ([]*pulumirpc.PackageDependency, error) {
	var found []plugin.PulumiPluginJSON
	if err := json.Unmarshal(output, &found); err != nil {
		return nil, fmt.Errorf("reading the list of Pulumi packages: %w", err)
	}
	var packages []*pulumirpc.PackageDependency
	for _, p := range found {
		if !p.Resource {
			continue
		}
		packages = append(packages, &pulumirpc.PackageDependency{
			Name:             p.Name,
			Kind:             string(apitype.ResourcePlugin),
			Version:          p.Version,
			Server:           p.Server,
			Parameterization: parameters(p.Parameterization),
			Extension:        parameters(p.ExtensionParameterization),
		})
	}
	return packages, nil
}

func parameters(p *plugin.PulumiParameterizationJSON) *pulumirpc.PackageParameterization {
	if p == nil {
		return nil
	}
	return &pulumirpc.PackageParameterization{Name: p.Name, Version: p.Version, Value: p.Value}
}
