package main

import (
	"errors"
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
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(stop)

	temp, err := os.CreateTemp(filepath.Dir(name), ".dudao-*")
	if err != nil {
		return err
	}
	err = fill(temp, data, mode, stop)
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

// fill writes the data to the disk itself: if the power fails after the renaming,
// the file isn't empty.
func fill(temp *os.File, data []byte, mode fs.FileMode, stop <-chan os.Signal) error {
	write := func() error {
		for chunk := range slices.Chunk(data, 1<<20) {
			if len(stop) > 0 {
				return errStop
			}
			if _, err := temp.Write(chunk); err != nil {
				return err
			}
		}
		return temp.Sync()
	}
	err := write()
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
