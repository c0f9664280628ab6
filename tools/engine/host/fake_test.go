package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/structpb"
)

// project makes a folder whose virtual environment holds a shell script in place of Python.
func project(t *testing.T, script string) *pulumirpc.ProgramInfo {
	t.Helper()
	root := t.TempDir()
	write(t, filepath.Join(root, "venv", "bin", "python"), "#!/bin/sh\n"+script+"\n")
	return &pulumirpc.ProgramInfo{
		RootDirectory:    root,
		ProgramDirectory: root,
		EntryPoint:       ".",
		Options:          options(t, map[string]any{"toolchain": "pip", "virtualenv": "venv"}),
	}
}

func options(t *testing.T, values map[string]any) *structpb.Struct {
	t.Helper()
	made, err := structpb.NewStruct(values)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

// pluginStream stands for the engine's side of a RunPlugin call.
type pluginStream struct {
	grpc.ServerStream

	ctx  context.Context
	sent []*pulumirpc.RunPluginResponse
}

func (s *pluginStream) Context() context.Context { return s.ctx }

func (s *pluginStream) Send(response *pulumirpc.RunPluginResponse) error {
	s.sent = append(s.sent, response)
	return nil
}

// exitCode is the last thing a plugin's call sends.
func (s *pluginStream) exitCode(t *testing.T) int32 {
	t.Helper()
	if len(s.sent) == 0 {
		t.Fatal("the plugin's call sent nothing")
	}
	last, ok := s.sent[len(s.sent)-1].Output.(*pulumirpc.RunPluginResponse_Exitcode)
	if !ok {
		t.Fatalf("the last message is no exit code: %v", s.sent[len(s.sent)-1])
	}
	return last.Exitcode
}
