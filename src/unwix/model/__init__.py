"""What flows through unwix: pages, posts, articles, facts, problems, results and errors."""
