package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
)

// stopped is the exit status of a program that was told to stop while it wrote, as
// shells have it for Ctrl-C.
const stopped = 130

// writeWhole writes a file whole or not at all: to a temporary file beside it,
// which is then renamed. Nothing is left of that if it fails, or if the program is
// told to stop: then the error is errStop.
func writeWhole(name string, data []byte, mode fs.FileMode) error {
	return streamWhole(name, whole(data), mode)
}

// whole writes what is in memory as one piece.
func whole(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// streamWhole is writeWhole for what is too much to be put together first.
func streamWhole(name string, write func(io.Writer) error, mode fs.FileMode) error {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(stop)

	temp, err := os.CreateTemp(filepath.Dir(name), ".dudao-*")
	if err != nil {
		return err
	}
	err = fill(temp, mode, stop, write)
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}

// errStop ends the command with the status stopped.
var errStop = errors.New("told to stop")

// fill writes to the disk itself: if the power fails after the renaming, the file
// isn't empty.
func fill(temp *os.File, mode fs.FileMode, stop <-chan os.Signal, write func(io.Writer) error) error {
	err := write(stoppable{temp, stop})
	if err == nil {
		err = temp.Sync()
	}
	if closeErr := temp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(temp.Name(), mode)
	}
	if err == nil && len(stop) > 0 {
		err = errStop
	}
	return err
}

// stoppable writes until the program is told to stop.
type stoppable struct {
	out  io.Writer
	stop <-chan os.Signal
}

func (s stoppable) Write(data []byte) (written int, err error) {
	for chunk := range slices.Chunk(data, 1<<20) {
		if len(s.stop) > 0 {
			return written, errStop
		}
		n, err := s.out.Write(chunk)
		if written += n; err != nil {
			return written, err
		}
	}
	return written, nil
}
