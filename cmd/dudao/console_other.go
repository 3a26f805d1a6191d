//go:build !windows

package main

// Only Windows needs its console prepared and its window kept open.
func prepareConsole() {}
func waitForKey()     {}
