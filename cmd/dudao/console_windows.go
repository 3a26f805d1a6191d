package main

import (
	"bufio"
	"fmt"
	"os"
	"syscall"

	"dudao/engine/diag"
	"dudao/engine/text"

	"github.com/inconshreveable/mousetrap"
)

// prepareConsole makes the Windows console read our output as UTF-8.
func prepareConsole() {
	const utf8 = 65001
	kernel := syscall.NewLazyDLL("kernel32.dll")
	_, _, _ = kernel.NewProc("SetConsoleOutputCP").Call(utf8)
	_, _, _ = kernel.NewProc("SetConsoleCP").Call(utf8)
}

// waitForKey keeps a window open that the Explorer opened for us, so that the
// result can be read.
func waitForKey() {
	if !mousetrap.StartedByExplorer() {
		return
	}
	fmt.Print(text.New(language(os.Args[1:])).Sprint(diag.M("Press Enter to close this window.")))
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}
